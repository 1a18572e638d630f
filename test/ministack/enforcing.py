"""MiniStack with IAM enforcement, and with what its requests lack of AWS's condition keys.

The evaluation is MiniStack's own. Added here, as AWS documents them, is what requests say of themselves:
kms:EncryptionContext:KEY, s3:if-none-match, s3:ObjectCreationOperation, aws:PrincipalArn of a role's session (the
role's ARN), the state machine that a task token belongs to, and policy variables. Without them a condition on such
a key would never hold.
"""
import dataclasses
import json
import re

from ministack.core import iam_actions, iam_evaluator

SESSION = re.compile(r"arn:aws:sts::(\d{12}):assumed-role/([^/]+)/.+")


def fields(body):
    try:
        read = json.loads(body or b"{}")
    except (ValueError, TypeError):
        return {}
    return read if isinstance(read, dict) else {}


def also_key_context(original):
    def context(service, iam_action, body, *more):
        keys = dict(original(service, iam_action, body, *more) or {})
        if service == "kms":
            said = fields(body).get("EncryptionContext") or {}
            keys.update({f"kms:EncryptionContext:{name}": value for name, value in said.items()})
        return keys

    return context


def also_put_conditions(original):
    def context(iam_action, query_params, path="", headers=None):
        keys = dict(original(iam_action, query_params, path, headers) or {})
        condition = (headers or {}).get("if-none-match")
        if iam_action == "s3:PutObject":
            part = "partNumber" in (query_params or {}) or "uploads" in (query_params or {})
            keys["s3:ObjectCreationOperation"] = "false" if part else "true"
            if condition:
                keys["s3:if-none-match"] = condition
        return keys

    return context


def also_tokens(original):
    """A token that begins with a state machine's ARN stands for a task of that state machine."""

    def resource(service, method, path, headers, body, *more):
        token = fields(body).get("taskToken") if service == "states" else None
        if isinstance(token, str) and token.startswith("arn:"):
            return token.partition("#")[0]
        return original(service, method, path, headers, body, *more)

    return resource


def of_the_role(original):
    def resolve(key, request):
        value = original(key, request)
        session = SESSION.fullmatch(value) if key.lower() == "aws:principalarn" else None
        return f"arn:aws:iam::{session[1]}:role/{session[2]}" if session else value

    return resolve


VARIABLE = re.compile(r"\$\{([^}]+)\}")


def with_variables(original):
    """Policy variables stand for the request's own values; a statement with one that has none matches nothing."""

    def filled(value, ctx):
        if isinstance(value, dict):
            return {key: filled(inner, ctx) for key, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner, ctx) for inner in value]
        return VARIABLE.sub(lambda name: known(name[1], ctx), value) if isinstance(value, str) else value

    def known(name, ctx):
        value = iam_evaluator._resolve_condition_key(name, ctx)
        if not isinstance(value, str) or set(value) & set("*?$"):
            raise LookupError(name)
        return value

    def statement(given, ctx):
        try:
            return dataclasses.replace(
                given, resources=filled(given.resources, ctx), conditions=filled(given.conditions, ctx))
        except LookupError:
            return None

    def match(ctx, stmts, effect):
        return original(ctx, [s for s in (statement(given, ctx) for given in stmts) if s], effect)

    return match


iam_actions.request_tag_context = also_key_context(iam_actions.request_tag_context)
iam_actions.s3_service_context = also_put_conditions(iam_actions.s3_service_context)
iam_actions.extract_resource_arn = also_tokens(iam_actions.extract_resource_arn)
iam_evaluator._resolve_condition_key = of_the_role(iam_evaluator._resolve_condition_key)
iam_evaluator._first_match = with_variables(iam_evaluator._first_match)

if __name__ == "__main__":
    from ministack.app import main

    main()

"""LocalStack on the host: functions as local processes, servers on loopback only."""

CREATE TABLE order_outcomes (
    "OrderId" bigint NOT NULL,
    "Number" text NOT NULL,
    "SpaceId" text NOT NULL,
    "Symptom" text NOT NULL,
    "StartedAt" bigint NOT NULL,
    "Rule" text NOT NULL,
    "Detector" text NOT NULL,
    "Alarm" text NOT NULL,
    "ArrivedAt" bigint,
    "ResolvedAt" bigint,
    "Cause" text,
    CONSTRAINT "PK_order_outcomes" PRIMARY KEY ("OrderId")
);

-- What the orders that are there already have come to; instants are ticks.
INSERT INTO order_outcomes
SELECT "Id", "Number", "SpaceId", "Symptom", "StartedAt", whole -> 'alarms' -> 0 ->> 'ruleId',
    whole -> 'alarms' -> 0 ->> 'detector', whole -> 'alarms' -> 0 -> 'id' ->> 'value',
    CAST(extract(epoch FROM CAST(whole ->> 'arrivedAt' AS timestamptz)) * 10000000 AS bigint) + 621355968000000000,
    "ResolvedAt", whole ->> 'cause'
FROM (SELECT orders.*, CAST("Snapshot" AS jsonb) AS whole FROM orders) AS said
WHERE whole ->> 'source' = 'telemetry';

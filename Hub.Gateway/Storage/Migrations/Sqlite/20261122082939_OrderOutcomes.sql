CREATE TABLE "order_outcomes" (
    "OrderId" INTEGER NOT NULL CONSTRAINT "PK_order_outcomes" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "SpaceId" TEXT NOT NULL,
    "Symptom" TEXT NOT NULL,
    "StartedAt" INTEGER NOT NULL,
    "Rule" TEXT NOT NULL,
    "Detector" TEXT NOT NULL,
    "Alarm" TEXT NOT NULL,
    "ArrivedAt" INTEGER NULL,
    "ResolvedAt" INTEGER NULL,
    "Cause" TEXT NULL
);

-- What the orders that are there already have come to; instants are ticks.
INSERT INTO "order_outcomes"
SELECT "Id", "Number", "SpaceId", "Symptom", "StartedAt", json_extract("Snapshot", '$.alarms[0].ruleId'),
    json_extract("Snapshot", '$.alarms[0].detector'), json_extract("Snapshot", '$.alarms[0].id.value'),
    CAST(strftime('%s', json_extract("Snapshot", '$.arrivedAt')) AS INTEGER) * 10000000 + 621355968000000000,
    "ResolvedAt", json_extract("Snapshot", '$.cause')
FROM "orders" WHERE json_extract("Snapshot", '$.source') = 'telemetry';

CREATE TABLE IF NOT EXISTS "credentials" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_credentials" PRIMARY KEY AUTOINCREMENT,
    "Principal" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Value" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    "EndsAt" TEXT NULL
);

CREATE TABLE IF NOT EXISTS "deliveries" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_deliveries" PRIMARY KEY AUTOINCREMENT,
    "Channel" TEXT NOT NULL,
    "NoticeId" INTEGER NOT NULL,
    "OrderId" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Clock" TEXT NULL,
    "Rank" INTEGER NOT NULL,
    "NextAt" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "Why" TEXT NULL,
    "DoneAt" INTEGER NULL
);

CREATE TABLE IF NOT EXISTS "fleet" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_fleet" PRIMARY KEY,
    "Cursor" INTEGER NOT NULL,
    "State" BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS "ingest_losses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ingest_losses" PRIMARY KEY,
    "Losses" BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS "ingest_watermarks" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ingest_watermarks" PRIMARY KEY,
    "Position" INTEGER NOT NULL,
    "Watermarks" BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS "notices" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_notices" PRIMARY KEY AUTOINCREMENT,
    "OrderId" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Clock" TEXT NULL
);

CREATE TABLE IF NOT EXISTS "order_alarms" (
    "AlarmId" TEXT NOT NULL CONSTRAINT "PK_order_alarms" PRIMARY KEY,
    "OrderId" INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS "order_desk" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_order_desk" PRIMARY KEY,
    "Cursor" INTEGER NOT NULL,
    "OrderIdLast" INTEGER NOT NULL,
    "Month" INTEGER NOT NULL,
    "NumberLast" INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS "order_events" (
    "OrderId" INTEGER NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "NotedAt" INTEGER NOT NULL,
    "Body" TEXT NOT NULL,
    CONSTRAINT "PK_order_events" PRIMARY KEY ("OrderId", "Sequence")
);

CREATE TABLE IF NOT EXISTS "order_evidence" (
    "OrderId" INTEGER NOT NULL CONSTRAINT "PK_order_evidence" PRIMARY KEY,
    "Series" TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS "orders" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "SpaceId" TEXT NOT NULL,
    "Symptom" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "IsOpen" INTEGER NOT NULL,
    "StartedAt" INTEGER NOT NULL,
    "ResolvedAt" INTEGER NULL,
    "WakeAt" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "Snapshot" TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS "principals" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_principals" PRIMARY KEY,
    "Kind" INTEGER NOT NULL,
    "Publish" TEXT NOT NULL,
    "Subscribe" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    "RevokedAt" TEXT NULL
);

CREATE TABLE IF NOT EXISTS "retained" (
    "Topic" TEXT NOT NULL CONSTRAINT "PK_retained" PRIMARY KEY,
    "Packet" BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS "session" (
    "ClientId" TEXT NOT NULL CONSTRAINT "PK_session" PRIMARY KEY,
    "Owner" TEXT NOT NULL,
    "Packets" BLOB NOT NULL,
    "AwayAt" TEXT NULL
);

CREATE TABLE IF NOT EXISTS "session_mark" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_session_mark" PRIMARY KEY,
    "Position" INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS "session_message" (
    "Row" INTEGER NOT NULL CONSTRAINT "PK_session_message" PRIMARY KEY,
    "ClientId" TEXT NOT NULL,
    "PacketId" INTEGER NOT NULL,
    "IsReceived" INTEGER NOT NULL,
    "PublishedAt" TEXT NOT NULL,
    "Packet" BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS "set_aside" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_set_aside" PRIMARY KEY,
    "Row" INTEGER NOT NULL,
    "Place" INTEGER NOT NULL,
    "Source" TEXT NOT NULL,
    "Topic" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Reason" TEXT NOT NULL,
    "ReceivedAt" INTEGER NOT NULL,
    "PointsThen" INTEGER NOT NULL,
    "Payload" BLOB NOT NULL
);

CREATE TABLE IF NOT EXISTS "set_aside_releases" (
    "Row" INTEGER NOT NULL,
    "Place" INTEGER NOT NULL,
    "Point" INTEGER NOT NULL,
    CONSTRAINT "PK_set_aside_releases" PRIMARY KEY ("Row", "Place", "Point")
);

CREATE TABLE IF NOT EXISTS "site_changes" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_site_changes" PRIMARY KEY AUTOINCREMENT,
    "AtTicks" INTEGER NOT NULL,
    "Json" TEXT NOT NULL,
    "IsJournalled" INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS "watch_checkpoint" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_watch_checkpoint" PRIMARY KEY,
    "Position" INTEGER NOT NULL,
    "State" BLOB NOT NULL
);

CREATE INDEX IF NOT EXISTS "IX_credentials_Principal" ON "credentials" ("Principal");

CREATE INDEX IF NOT EXISTS "IX_deliveries_Channel_State_NextAt" ON "deliveries" ("Channel", "State", "NextAt");

CREATE INDEX IF NOT EXISTS "IX_deliveries_DoneAt" ON "deliveries" ("DoneAt");

CREATE UNIQUE INDEX IF NOT EXISTS "IX_deliveries_NoticeId_Channel" ON "deliveries" ("NoticeId", "Channel");

CREATE INDEX IF NOT EXISTS "IX_deliveries_OrderId" ON "deliveries" ("OrderId");

CREATE INDEX IF NOT EXISTS "IX_order_events_NotedAt" ON "order_events" ("NotedAt");

CREATE INDEX IF NOT EXISTS "IX_orders_IsOpen_Id" ON "orders" ("IsOpen", "Id");

CREATE UNIQUE INDEX IF NOT EXISTS "IX_orders_Number" ON "orders" ("Number");

CREATE INDEX IF NOT EXISTS "IX_orders_SpaceId_Id" ON "orders" ("SpaceId", "Id");

CREATE UNIQUE INDEX IF NOT EXISTS "IX_orders_SpaceId_Symptom" ON "orders" ("SpaceId", "Symptom") WHERE "IsOpen";

CREATE INDEX IF NOT EXISTS "IX_orders_WakeAt" ON "orders" ("WakeAt");

CREATE INDEX IF NOT EXISTS "IX_session_message_ClientId" ON "session_message" ("ClientId");

CREATE UNIQUE INDEX IF NOT EXISTS "IX_set_aside_Row_Place" ON "set_aside" ("Row", "Place");

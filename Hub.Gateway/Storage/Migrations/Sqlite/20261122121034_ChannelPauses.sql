CREATE TABLE "channel_pauses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_channel_pauses" PRIMARY KEY AUTOINCREMENT,
    "Channel" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NOT NULL,
    "By" TEXT NOT NULL
);

CREATE INDEX "IX_channel_pauses_To" ON "channel_pauses" ("To");

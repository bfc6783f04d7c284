CREATE TABLE "unit_cards" (
    "SpaceId" TEXT NOT NULL CONSTRAINT "PK_unit_cards" PRIMARY KEY,
    "Owner" TEXT NOT NULL
);

CREATE TABLE "unit_moves" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_unit_moves" PRIMARY KEY AUTOINCREMENT,
    "SpaceId" TEXT NOT NULL,
    "Occupancy" INTEGER NOT NULL,
    "AtTicks" INTEGER NOT NULL,
    "NotedTicks" INTEGER NOT NULL,
    "By" TEXT NOT NULL
);

CREATE INDEX "IX_unit_moves_SpaceId" ON "unit_moves" ("SpaceId");

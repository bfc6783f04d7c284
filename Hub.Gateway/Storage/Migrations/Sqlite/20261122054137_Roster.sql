CREATE TABLE "handovers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_handovers" PRIMARY KEY AUTOINCREMENT,
    "Grid" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Words" TEXT NOT NULL,
    "TakenBy" TEXT NULL,
    "TakenAt" INTEGER NULL
);

CREATE TABLE "roster_covers" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_roster_covers" PRIMARY KEY AUTOINCREMENT,
    "Absent" TEXT NOT NULL,
    "StandIn" TEXT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NOT NULL,
    "MadeBy" TEXT NOT NULL,
    "MadeAt" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL,
    "EndedBy" TEXT NULL
);

CREATE TABLE "rosters" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_rosters" PRIMARY KEY AUTOINCREMENT,
    "At" INTEGER NOT NULL,
    "By" TEXT NOT NULL,
    "Body" TEXT NOT NULL
);

CREATE INDEX "IX_roster_covers_To" ON "roster_covers" ("To");

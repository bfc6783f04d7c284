CREATE TABLE "inspection_findings" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_inspection_findings" PRIMARY KEY AUTOINCREMENT,
    "InspectionId" TEXT NOT NULL,
    "SpaceId" TEXT NOT NULL,
    "Item" TEXT NOT NULL,
    "Category" TEXT NOT NULL,
    "Words" TEXT NOT NULL,
    "FoundTicks" INTEGER NOT NULL,
    "OrderId" INTEGER NULL,
    "IsOpen" INTEGER NOT NULL,
    "Rechecks" TEXT NOT NULL
);

CREATE TABLE "inspection_photos" (
    "InspectionId" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "Item" TEXT NULL,
    CONSTRAINT "PK_inspection_photos" PRIMARY KEY ("InspectionId", "Sha256")
);

CREATE TABLE "inspection_rounds" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_inspection_rounds" PRIMARY KEY,
    "BegunTicks" INTEGER NOT NULL,
    "By" TEXT NOT NULL,
    "Stops" TEXT NOT NULL
);

CREATE TABLE "inspections" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_inspections" PRIMARY KEY,
    "RoundId" TEXT NOT NULL,
    "SpaceId" TEXT NOT NULL,
    "AtTicks" INTEGER NOT NULL,
    "NotedTicks" INTEGER NOT NULL,
    "By" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "IsSampled" INTEGER NOT NULL,
    "Sample" TEXT NULL
);

CREATE TABLE "meter_truths" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_meter_truths" PRIMARY KEY AUTOINCREMENT,
    "Point" INTEGER NOT NULL,
    "Serial" TEXT NOT NULL,
    "AtTicks" INTEGER NOT NULL,
    "Read" REAL NOT NULL,
    "Ours" REAL NULL,
    "InspectionId" TEXT NOT NULL
);

CREATE INDEX "IX_inspection_findings_InspectionId" ON "inspection_findings" ("InspectionId");

CREATE INDEX "IX_inspection_findings_IsOpen" ON "inspection_findings" ("IsOpen");

CREATE INDEX "IX_inspection_photos_Sha256" ON "inspection_photos" ("Sha256");

CREATE INDEX "IX_inspections_RoundId" ON "inspections" ("RoundId");

CREATE INDEX "IX_inspections_SpaceId_AtTicks" ON "inspections" ("SpaceId", "AtTicks");

CREATE INDEX "IX_meter_truths_Point_AtTicks" ON "meter_truths" ("Point", "AtTicks");

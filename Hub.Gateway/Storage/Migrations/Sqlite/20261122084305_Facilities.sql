CREATE TABLE "facility_cards" (
    "SpaceId" TEXT NOT NULL CONSTRAINT "PK_facility_cards" PRIMARY KEY,
    "Version" INTEGER NOT NULL,
    "Vendor" TEXT NOT NULL,
    "Card" TEXT NOT NULL
);

CREATE TABLE "facility_hours" (
    "Point" INTEGER NOT NULL CONSTRAINT "PK_facility_hours" PRIMARY KEY,
    "RanTicks" INTEGER NOT NULL,
    "ThroughTicks" INTEGER NOT NULL,
    "IsOn" INTEGER NOT NULL
);

CREATE TABLE "maintenance_plans" (
    "SpaceId" TEXT NOT NULL,
    "Id" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "IsEnded" INTEGER NOT NULL,
    "Plan" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    CONSTRAINT "PK_maintenance_plans" PRIMARY KEY ("SpaceId", "Id")
);

CREATE TABLE "vendors" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_vendors" PRIMARY KEY,
    "Version" INTEGER NOT NULL,
    "Vendor" TEXT NOT NULL
);

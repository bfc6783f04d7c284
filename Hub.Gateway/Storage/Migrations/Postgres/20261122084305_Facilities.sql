CREATE TABLE facility_cards (
    "SpaceId" text NOT NULL,
    "Version" integer NOT NULL,
    "Vendor" text NOT NULL,
    "Card" text NOT NULL,
    CONSTRAINT "PK_facility_cards" PRIMARY KEY ("SpaceId")
);

CREATE TABLE facility_hours (
    "Point" integer NOT NULL,
    "RanTicks" bigint NOT NULL,
    "ThroughTicks" bigint NOT NULL,
    "IsOn" boolean NOT NULL,
    CONSTRAINT "PK_facility_hours" PRIMARY KEY ("Point")
);

CREATE TABLE maintenance_plans (
    "SpaceId" text NOT NULL,
    "Id" text NOT NULL,
    "Version" integer NOT NULL,
    "IsEnded" boolean NOT NULL,
    "Plan" text NOT NULL,
    "State" text NOT NULL,
    CONSTRAINT "PK_maintenance_plans" PRIMARY KEY ("SpaceId", "Id")
);

CREATE TABLE vendors (
    "Id" text NOT NULL,
    "Version" integer NOT NULL,
    "Vendor" text NOT NULL,
    CONSTRAINT "PK_vendors" PRIMARY KEY ("Id")
);

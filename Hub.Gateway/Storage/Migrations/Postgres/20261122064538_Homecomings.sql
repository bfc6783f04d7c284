CREATE TABLE homecomings (
    "SpaceId" text NOT NULL,
    "Plan" text NOT NULL,
    CONSTRAINT "PK_homecomings" PRIMARY KEY ("SpaceId")
);

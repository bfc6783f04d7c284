CREATE TABLE "homecomings" (
    "SpaceId" TEXT NOT NULL CONSTRAINT "PK_homecomings" PRIMARY KEY,
    "Plan" TEXT NOT NULL
);

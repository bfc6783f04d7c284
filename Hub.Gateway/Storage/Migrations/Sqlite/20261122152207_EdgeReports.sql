CREATE TABLE "edge_reports" (
    "Edge" TEXT NOT NULL CONSTRAINT "PK_edge_reports" PRIMARY KEY,
    "Version" TEXT NULL,
    "At" TEXT NULL,
    "Faults" TEXT NOT NULL,
    "Number" INTEGER NOT NULL
);

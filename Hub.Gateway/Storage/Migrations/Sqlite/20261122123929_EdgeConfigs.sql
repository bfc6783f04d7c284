CREATE TABLE "edge_configs" (
    "Edge" TEXT NOT NULL CONSTRAINT "PK_edge_configs" PRIMARY KEY,
    "Number" INTEGER NOT NULL,
    "Version" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL
);

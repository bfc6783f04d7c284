CREATE TABLE edge_reports (
    "Edge" text NOT NULL,
    "Version" text,
    "At" timestamp with time zone,
    "Faults" text NOT NULL,
    "Number" integer NOT NULL,
    CONSTRAINT "PK_edge_reports" PRIMARY KEY ("Edge")
);

CREATE TABLE edge_configs (
    "Edge" text NOT NULL,
    "Number" integer NOT NULL,
    "Version" text NOT NULL,
    "Text" text NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "By" text NOT NULL,
    CONSTRAINT "PK_edge_configs" PRIMARY KEY ("Edge")
);

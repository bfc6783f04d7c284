ALTER TABLE notices ADD "Person" text;

ALTER TABLE deliveries ADD "Person" text;

ALTER TABLE "notices" ADD "Person" TEXT NULL;

ALTER TABLE "deliveries" ADD "Person" TEXT NULL;

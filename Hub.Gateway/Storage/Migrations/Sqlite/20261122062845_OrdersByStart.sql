CREATE INDEX "IX_orders_StartedAt" ON "orders" ("StartedAt");

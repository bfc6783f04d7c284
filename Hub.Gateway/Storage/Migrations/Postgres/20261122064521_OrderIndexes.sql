DROP INDEX "IX_orders_IsOpen_Id";

DROP INDEX "IX_orders_WakeAt";

CREATE INDEX "IX_orders_IsOpen" ON orders ("IsOpen") WHERE "IsOpen";

CREATE INDEX "IX_orders_State_Id" ON orders ("State", "Id");

CREATE INDEX "IX_orders_WakeAt" ON orders ("WakeAt") WHERE "WakeAt" IS NOT NULL;

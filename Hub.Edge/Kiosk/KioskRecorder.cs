using Hub.Edge.Outbox;

namespace Hub.Edge.Kiosk;

/// <summary>Makes a press or a cancellation durable here; throws <see cref="OutboxException"/> if it can't.</summary>
public delegate OutboxPlace KioskRecorder(EdgeRecord record);

using System.Collections.Immutable;

namespace Hub.Gateway.Access;

/// <summary>A principal as the hub has it at hand; replaced whole when anything about it changes.</summary>
internal sealed record Enrolment(string Name, PrincipalKind Kind, Rights Rights, DateTimeOffset AddedAt)
{
    public DateTimeOffset? RevokedAt { get; init; }

    public ImmutableArray<Credential> Credentials { get; init; } = [];

    public IEnumerable<Credential> At(DateTimeOffset now, CredentialKind kind) =>
        Credentials.Where(credential => credential.Kind == kind && credential.HoldsAt(now));

    public static Enrolment Of(PrincipalRow row, IEnumerable<CredentialRow> credentials) => new(
        row.Name, row.Kind, RightsOf(row), At(row.AddedAt))
    {
        RevokedAt = row.RevokedAt is { } revoked ? At(revoked) : null,
        Credentials = [.. credentials.Select(Of)],
    };

    public static Rights RightsOf(PrincipalRow row)
    {
        var rights = row.Kind == PrincipalKind.Device
            ? Rights.OfDevice(row.Name)
            : new Rights(row.Name, Lines(row.Publish), Lines(row.Subscribe));
        if (row.RevokedAt is not null)
        {
            rights.End();
        }

        return rights;
    }

    public static Credential Of(CredentialRow row) => new(row.Id, row.Kind, row.Value, At(row.AddedAt))
    {
        EndsAt = row.EndsAt is { } end ? At(end) : null,
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static DateTimeOffset At(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}

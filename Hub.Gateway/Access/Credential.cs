using System.Security.Cryptography;

namespace Hub.Gateway.Access;

/// <summary>One credential as the hub has it at hand.</summary>
internal sealed class Credential(long id, CredentialKind kind, string value, DateTimeOffset addedAt)
{
    /// <summary>Of this process alone: what is remembered under it is worth nothing elsewhere.</summary>
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private byte[]? _proof;

    public long Id { get; } = id;

    public CredentialKind Kind { get; } = kind;

    public string Value { get; } = value;

    public DateTimeOffset AddedAt { get; } = addedAt;

    /// <summary>When it stops to hold; null for as long as it isn't revoked.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public bool HoldsAt(DateTimeOffset now) => EndsAt is not { } end || now < end;

    /// <summary>The same, with another end; what was proven stays so.</summary>
    public Credential Until(DateTimeOffset? end) => new(Id, Kind, Value, AddedAt) { EndsAt = end, _proof = _proof };

    /// <summary>
    /// Whether this password has been found right before: a microsecond instead of milliseconds, for a fleet that comes
    /// back all at once.
    /// </summary>
    public bool IsProven(ReadOnlySpan<byte> password) =>
        Volatile.Read(ref _proof) is { } proof
        && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Key, password), proof);

    /// <summary>The long way; what is found right is remembered.</summary>
    public bool Verify(ReadOnlySpan<byte> password)
    {
        var isRight = Kind == CredentialKind.Password && PasswordHash.Verify(password, Value);
        if (isRight)
        {
            Volatile.Write(ref _proof, HMACSHA256.HashData(Key, password));
        }

        return isRight;
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hub.Gateway.Broker;
using Hub.Gateway.Storage;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Access;

/// <summary>
/// Judges a CONNECT, the cheap questions first.
/// <code>
///  certificate that is somebody's ─► that one
///  no name, no password ───────────► on this machine, if the hub is told so: anybody; else not authorized
///  name and password ──────────────► found right before? ─► held for failures? ─► computed ─► that one
///  name and token.password ────────► the same for the password; else the token is spent, and the password holds
/// </code>
/// </summary>
internal sealed class SignIn(
    AccessBook book, AccessOptions options, HubOptions hub, ClientAuthority authority, ILogger<SignIn> logger)
    : IBrokerAccess, IDisposable
{
    private readonly SemaphoreSlim _evaluating = new(options.EvaluationsMax, options.EvaluationsMax);

    public FailureLedger Failures { get; } = new(options);

    public async ValueTask<Admission> AdmitAsync(
        MqttPacket.Connect connect, ClientOrigin origin, CancellationToken cancel)
    {
        var admission = await FindAsync(connect, origin, cancel);
        // A device's name as client id is the device's alone, connected or not: sessions and wills go by it.
        var isForeign = connect.ClientId != admission.Principal.Name && book.Find(connect.ClientId) is not null;
        return admission.Verdict == MqttReason.Success && isForeign
            ? Admission.Refused(MqttReason.ClientIdentifierNotValid)
            : admission;
    }

    public Principal? Find(string name) => book.Find(name)?.Rights;

    public void Dispose() => _evaluating.Dispose();

    private async ValueTask<Admission> FindAsync(
        MqttPacket.Connect connect, ClientOrigin origin, CancellationToken cancel)
    {
        if (origin.Certificate is { } certificate && OwnerOf(certificate) is { } owner)
        {
            return connect.UserName is { } called && called != owner.Name
                ? Admission.Refused(MqttReason.BadUserNameOrPassword)
                : Admission.Of(owner.Rights);
        }

        var isAnonymousAllowed = hub.AllowAnonymousLoopback && origin.IsLoopback;
        if (connect.UserName is not { } name)
        {
            return isAnonymousAllowed && (connect.Password is null || connect.Version == MqttVersion.V500)
                ? Admission.Of(AnonymousRights.Instance)
                : Admission.Refused(MqttReason.NotAuthorized);
        }

        var enrolment = book.Find(name);
        if (enrolment is null && isAnonymousAllowed)
        {
            return Admission.Of(AnonymousRights.Instance);
        }

        return await ProveAsync(enrolment, connect.Password ?? default, origin, cancel);
    }

    private async ValueTask<Admission> ProveAsync(
        Enrolment? enrolment, ReadOnlyMemory<byte> password, ClientOrigin origin, CancellationToken cancel)
    {
        var (token, secret) = Split(password);
        if (enrolment is not null && Passwords(enrolment).Any(one => one.IsProven(secret.Span)))
        {
            return Admission.Of(enrolment.Rights);
        }

        // What anybody types as an unknown name must not fill the ledger.
        var counted = enrolment?.Name ?? "";
        if (Failures.IsHeld(origin.Address, counted))
        {
            return Admission.Refused(MqttReason.ConnectionRateExceeded);
        }

        try
        {
            var found = await EvaluateAsync(enrolment, token, secret, cancel);
            if (found is not null)
            {
                return Admission.Of(found.Rights);
            }
        }
        catch (Exception e) when (StorageSetup.IsFailure(e))
        {
            AccessMessages.Unwritten(logger, counted, e);
            return Admission.Refused(MqttReason.ServerUnavailable);
        }

        Failures.Note(origin.Address, counted);
        return Admission.Refused(MqttReason.BadUserNameOrPassword);
    }

    private async Task<Enrolment?> EvaluateAsync(
        Enrolment? enrolment, string? token, ReadOnlyMemory<byte> secret, CancellationToken cancel)
    {
        await _evaluating.WaitAsync(cancel);
        try
        {
            if (enrolment is null)
            {
                PasswordHash.Verify(secret.Span, PasswordHash.Decoy);
                return null;
            }

            if (Passwords(enrolment).FirstOrDefault(one => one.Verify(secret.Span)) is { } right)
            {
                return await UsedAsync(enrolment, right, cancel);
            }
        }
        finally
        {
            _evaluating.Release();
        }

        var isClaimed = token is not null && enrolment.Kind == PrincipalKind.Device
            && await book.ClaimAsync(enrolment.Name, token, Encoding.UTF8.GetString(secret.Span), cancel)
                == AccessRefusal.None;
        return isClaimed && book.Find(enrolment.Name) is { } enrolled
            ? await UsedAsync(enrolled, Passwords(enrolled).Last(), cancel)
            : null;
    }

    /// <summary>With the newest password in use, the older ones have done their service.</summary>
    private async Task<Enrolment> UsedAsync(Enrolment enrolment, Credential used, CancellationToken cancel)
    {
        if (used.EndsAt is null && Passwords(enrolment).Any(one => one.Id < used.Id))
        {
            await book.SettleAsync(enrolment.Name, used.Id, cancel);
        }

        return enrolment;
    }

    private IEnumerable<Credential> Passwords(Enrolment enrolment) =>
        enrolment.RevokedAt is null
        ? enrolment.At(book.Now, CredentialKind.Password).OrderBy(one => one.Id)
        : [];

    private Enrolment? OwnerOf(X509Certificate2 certificate)
    {
        var owner = book.FindByCertificate(CredentialKind.Fingerprint, Fingerprint(certificate))
            ?? (authority.HasSigned(certificate)
                ? book.FindByCertificate(CredentialKind.Subject, certificate.Subject)
                : null);
        return owner is { RevokedAt: null } ? owner : null;
    }

    private static string Fingerprint(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));

    /// <summary>A password has no mark in it, so a mark ends a token.</summary>
    private static (string? Token, ReadOnlyMemory<byte> Secret) Split(ReadOnlyMemory<byte> password)
    {
        var mark = password.Span.IndexOf((byte)Secret.ClaimMark);
        return mark < 0 ? (null, password) : (Encoding.UTF8.GetString(password.Span[..mark]), password[(mark + 1)..]);
    }
}

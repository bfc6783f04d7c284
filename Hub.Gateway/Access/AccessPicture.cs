using System.Collections.Immutable;

namespace Hub.Gateway.Access;

/// <summary>Everybody who has a name here; read without a lock, replaced whole.</summary>
internal sealed record AccessPicture(
    ImmutableDictionary<string, Enrolment> ByName, ImmutableDictionary<(CredentialKind, string), string> ByCertificate)
{
    public static readonly AccessPicture Empty = new(
        ImmutableDictionary.Create<string, Enrolment>(StringComparer.Ordinal),
        ImmutableDictionary<(CredentialKind, string), string>.Empty);

    public AccessPicture With(Enrolment enrolment)
    {
        var certificates = ByCertificate;
        if (ByName.TryGetValue(enrolment.Name, out var before))
        {
            certificates = certificates.RemoveRange(KeysOf(before));
        }

        return new AccessPicture(
            ByName.SetItem(enrolment.Name, enrolment),
            certificates.SetItems(KeysOf(enrolment).Select(key => KeyValuePair.Create(key, enrolment.Name))));
    }

    private static IEnumerable<(CredentialKind, string)> KeysOf(Enrolment enrolment) =>
        enrolment.Credentials
            .Where(credential => credential.Kind is CredentialKind.Fingerprint or CredentialKind.Subject)
            .Select(credential => (credential.Kind, credential.Value));
}

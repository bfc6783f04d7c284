namespace Hub.Gateway.Cli;

/// <summary>
/// A PostgreSQL for the hub's tables, from the environment: <c>BUILDINGHUB__POSTGRES__CONNECTION</c> turns it on;
/// <c>PASSWORD_FILE</c> or <c>PASSWORD</c> has the password.
/// </summary>
public static class PostgresSettings
{
    public const string Prefix = "BUILDINGHUB__POSTGRES__";

    /// <exception cref="FormatException">It can't be used; the message names it and the cure.</exception>
    public static PostgresOptions? FromEnvironment(Func<string, string?> read)
    {
        if (Read("CONNECTION") is not { } connection)
        {
            return null;
        }

        var password = Read("PASSWORD_FILE") is { } path ? File.ReadAllText(path).Trim() : Read("PASSWORD");
        try
        {
            return new PostgresOptions(connection, password);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{Prefix}CONNECTION: {e.Message}");
        }

        string? Read(string name) => read(Prefix + name) is { Length: > 0 } value ? value : null;
    }
}

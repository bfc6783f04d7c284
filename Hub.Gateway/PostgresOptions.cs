using Npgsql;

namespace Hub.Gateway;

/// <summary>A PostgreSQL for the hub's tables. A class, so that no log prints what is in it.</summary>
public sealed class PostgresOptions
{
    private readonly NpgsqlConnectionStringBuilder _connection;

    /// <param name="connection">Npgsql's connection string, without a password.</param>
    /// <param name="password">Null where the server asks for none.</param>
    /// <exception cref="FormatException">It is no connection string, or says too little or too much.</exception>
    public PostgresOptions(string connection, string? password)
    {
        try
        {
            _connection = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException)
        {
            // What the exception says may have a part of a password in it.
            throw new FormatException(
                "The connection string can't be read; write it like Host=db.example;Database=hub;Username=hub.");
        }

        if (_connection is { Host: null } or { Database: null } || _connection.Password is not null)
        {
            throw new FormatException(
                "The connection string needs Host and Database, and no Password: that has a setting of its own.");
        }

        Place = $"{_connection.Host}:{_connection.Port}/{_connection.Database}";
        _connection.Password = password;
        _connection.ApplicationName ??= "buildinghub";
    }

    /// <summary>Which database it is, for people: <c>host:port/database</c>.</summary>
    public string Place { get; }

    /// <summary>With the password: for the driver alone.</summary>
    internal string ConnectionString => _connection.ConnectionString;
}

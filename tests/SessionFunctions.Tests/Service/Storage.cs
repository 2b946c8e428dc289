using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Testing;
using Sessions.Table;

namespace SessionFunctions.Tests.Service;

/// <summary>Where an API under test keeps its sessions.</summary>
public abstract record Storage
{
    /// <summary>By the setting alone, as the app itself finds it.</summary>
    public static readonly Storage Memory = new InMemory();

    /// <summary>The Azurite that all tests share, a table for each API.</summary>
    public static readonly Storage Azurite = new OnAzurite(null);

    public static Storage Of(Azurite azurite) => new OnAzurite(azurite);

    public static Storage Of(ITable table) => new Given(table);

    internal virtual Task<IEnumerable<(string Name, string Value)>> SettingsAsync() => Task.FromResult<IEnumerable<(string, string)>>([]);

    internal virtual void Register(IServiceCollection services)
    {
    }

    private sealed record InMemory : Storage
    {
        internal override Task<IEnumerable<(string Name, string Value)>> SettingsAsync() =>
            Task.FromResult<IEnumerable<(string, string)>>([("Sessions__Storage__Provider", "memory")]);
    }

    private sealed record Given(ITable Table) : Storage
    {
        internal override void Register(IServiceCollection services) => services.AddSingleton(Table);
    }

    private sealed record OnAzurite(Azurite? Instance) : Storage
    {
        internal override async Task<IEnumerable<(string Name, string Value)>> SettingsAsync() =>
        [
            ("AzureWebJobsStorage", (Instance ?? await Testing.Azurite.SharedAsync()).ConnectionString),
            ("Sessions__Storage__Table", $"t{Guid.NewGuid():n}"),
        ];
    }
}

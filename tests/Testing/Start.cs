using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionFunctions.Testing;

/// <summary>An app's start, as far as its settings go.</summary>
public sealed class Start(Action<IServiceCollection, IConfiguration> register)
{
    public ServiceProvider With(params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
        var services = new ServiceCollection();
        register(services, configuration);
        return services.BuildServiceProvider();
    }

    /// <summary>What would keep the app from starting.</summary>
    public IReadOnlyList<string> Faults(params (string Name, string? Value)[] settings)
    {
        try
        {
            With(settings).GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(each => each.Failures)];
        }
    }
}

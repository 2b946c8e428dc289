using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Stops the start with messages that say which setting to change, rather than failing a user's request later.</summary>
/// <remarks>Written by hand: the attributes of the framework can't say what to set instead.</remarks>
public abstract class OptionsRules<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    protected static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    protected static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    protected abstract IEnumerable<string> Faults(TOptions options);
}

namespace Sessions.SignIn;

/// <summary>Tickets by which a holder signs in.</summary>
internal sealed class TicketOptions
{
    public const string Section = "Sessions";

    /// <summary>How long a ticket lets a session sign in.</summary>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromMinutes(1);
}

internal sealed class TicketRules : OptionsRules<TicketOptions>
{
    protected override IEnumerable<string> Faults(TicketOptions options)
    {
        if (options.TicketLifetime < OneSecond || options.TicketLifetime > OneHour)
        {
            yield return $"Sessions:TicketLifetime is {options.TicketLifetime}; set {OneSecond} to {OneHour}.";
        }
    }
}

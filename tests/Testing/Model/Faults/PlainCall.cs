namespace SessionFunctions.Testing.Model.Faults;

/// <summary>A call as the service makes it, and as the model does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The same with all that it says, for whoever reads a failure.</param>
/// <param name="Make">Makes it. Returns the answer in words.</param>
/// <param name="Plan">What the model does and answers.</param>
internal sealed record PlainCall(string Kind, string Name, Func<SessionWorld, Facts, Task<string>> Make, Func<PlainService, string> Plan)
{
    /// <summary>Whether it may be made again where there was no answer: once done, it isn't done again.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>By which right somebody signs in to which session.</summary>
    public (string Id, PlainRight Right)? SignIn { get; init; }

    /// <summary>For which session a ticket is made.</summary>
    public string? TicketFor { get; init; }

    /// <summary>Whether it may stop half-way and answer all the same: the cleanup.</summary>
    public bool IsCleanup { get; init; }

    /// <summary>Whether nothing goes wrong in it.</summary>
    public bool IsCalm { get; init; }
}

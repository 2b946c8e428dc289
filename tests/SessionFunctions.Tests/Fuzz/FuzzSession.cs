namespace SessionFunctions.Tests.Fuzz;

/// <summary>What a lane knows of a session that it has made.</summary>
internal sealed class FuzzSession(string token, string? user)
{
    public string Sid => Token.Split('.')[0];

    /// <summary>The token given last.</summary>
    public string Token { get; set; } = token;

    public List<string> OldTokens { get; } = [];

    public string? User { get; } = user;

    /// <summary>No sooner than this does it end by itself.</summary>
    public DateTimeOffset Expires { get; set; }

    public FuzzState State { get; set; } = FuzzState.Live;

    public bool IsSurelyLive(DateTimeOffset now) => State == FuzzState.Live && now < Expires;
}

internal enum FuzzState
{
    Live,

    /// <summary>Something was done to it that may have ended it.</summary>
    Unsure,

    Ended,
}

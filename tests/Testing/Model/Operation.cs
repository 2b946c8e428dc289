namespace SessionFunctions.Testing.Model;

/// <summary>One step of a random sequence. It names sessions and tokens by number, and so means something in any sequence.</summary>
public abstract record Operation;

/// <summary>Null asks for no time of its own.</summary>
public sealed record Create(bool Persistent, int? IdleSeconds, int? LifetimeSeconds, int DataChars) : Operation;

public sealed record Read(Who Who, bool Slide) : Operation;

/// <summary>Sets or, with no value, removes a name, or a name inside of it.</summary>
public sealed record Patch(Who Who, string Name, string? Inner, string? Value, IfMatch If) : Operation;

/// <summary>Data with one name in the place of what there was.</summary>
public sealed record Replace(Who Who, string Name, string Value, IfMatch If) : Operation;

public sealed record Touch(Who Who) : Operation;

public sealed record Rotate(Who Who) : Operation;

public sealed record LogOut(Who Who) : Operation;

public sealed record Pass(int Milliseconds) : Operation;

/// <summary>Up to the moment a session expires, or just before or after it.</summary>
public sealed record PassToExpiry(int Session, int Milliseconds) : Operation;

public sealed record CleanUp : Operation;

/// <summary>Which session, from the latest back, and which of its tokens, likewise; <see cref="Stranger"/>: a made-up one.</summary>
public sealed record Who(int Session, int Token)
{
    public const int Stranger = -1;

    public override string ToString() => Token == Stranger ? $"session {Session}, a stranger" : $"session {Session}, token {Token}";
}

public enum IfMatch
{
    Any,
    Current,
    Older,
}

using System.Diagnostics.CodeAnalysis;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>A value, or the problem to answer with.</summary>
internal readonly struct Outcome<T>
{
    private readonly T? _value;
    private readonly Problem? _problem;

    private Outcome(T? value, Problem? problem) => (_value, _problem) = (value, problem);

    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Problem? problem)
    {
        (value, problem) = (_value, _problem);
        return problem is null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, Problem.Of(refusal));

    public static implicit operator Outcome<T>(Result<T> result) =>
        result.Succeeded(out var value, out var refusal) ? new(value, null) : new(default, Problem.Of(refusal));
}

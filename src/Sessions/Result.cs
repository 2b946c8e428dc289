using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>
/// Either a value or the reason why there is none. Expected outcomes are values; an exception means that a system failed.
/// </summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, Refusal);
        return refusal is null;
    }

    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => Refusal is null ? next(_value!) : Refusal;

    public async Task<Result<TNext>> ThenAsync<TNext>(Func<T, Task<Result<TNext>>> next) => Refusal is null ? await next(_value!) : Refusal;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}

namespace Interleavings;

/// <summary>What is chosen at each point where a schedule may go one way or another.</summary>
internal interface IChoices
{
    /// <summary>A number below the count. The first ones are the likelier ways; those past <paramref name="usual"/> are faults.</summary>
    int Next(int count, int usual);
}

/// <summary>
/// Every way there is, one a schedule: the same choices as last time up to the last one that has another way left, and that one then.
/// </summary>
internal sealed class EveryChoice : IChoices
{
    private readonly List<(int Chosen, int Count)> _path = [];
    private int _at;

    public int Next(int count, int usual)
    {
        if (_at == _path.Count)
        {
            _path.Add((0, count));
        }

        var (chosen, known) = _path[_at++];
        return known == count ? chosen : throw new InvalidOperationException("The same choices led elsewhere: something isn't deterministic.");
    }

    /// <summary>Goes on to the next schedule; false where there is none.</summary>
    public bool Advance()
    {
        _at = 0;
        while (_path.Count > 0 && _path[^1].Chosen + 1 == _path[^1].Count)
        {
            _path.RemoveAt(_path.Count - 1);
        }

        if (_path.Count > 0)
        {
            _path[^1] = (_path[^1].Chosen + 1, _path[^1].Count);
        }

        return _path.Count > 0;
    }
}

/// <summary>Ways at random, the same for the same seed.</summary>
internal sealed class RandomChoice(ulong seed, double faults) : IChoices
{
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    public int Next(int count, int usual) =>
        count == usual || _random.NextDouble() >= faults ? _random.Next(usual) : usual + _random.Next(count - usual);
}

namespace CleanupBench;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How often all is gone through; one more round before them warms up.</param>
/// <param name="Memory">In this process.</param>
/// <param name="Azurite">Azurite looks at every row of a table for each range read, so far fewer live sessions tell as much there.</param>
internal sealed record Sizes(int Rounds, StorageSize Memory, StorageSize Azurite)
{
    public static readonly Sizes Full = new(3, new StorageSize(64, 300, 5, [1_000, 100_000]), new StorageSize(4, 300, 8, [200, 2_000]));
    public static readonly Sizes Quick = new(3, new StorageSize(16, 300, 2, [1_000, 10_000]), new StorageSize(2, 300, 2, [200, 1_000]));
}

/// <param name="Shards">Partitions that sessions spread over.</param>
/// <param name="ExpiredInEach">Expired sessions in each shard: anonymous ones fill six batches, a user's nine.</param>
/// <param name="Times">How often they are put there and deleted in one round: once is over in a blink, in which anything may come between.</param>
/// <param name="Live">Sessions that live on beside them, in all shards together.</param>
internal sealed record StorageSize(int Shards, int ExpiredInEach, int Times, IReadOnlyList<int> Live)
{
    public int Expired => Shards * ExpiredInEach;
}

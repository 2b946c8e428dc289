namespace Sessions.Rows;

/// <summary>How sessions are kept.</summary>
internal sealed class RowsOptions
{
    public const string Section = "Sessions";

    /// <summary>Partitions that sessions spread over: 1 to 256. Fixed once sessions exist: a user's shard is computed from it.</summary>
    public int Shards { get; set; } = 64;

    /// <summary>
    /// Key ring for the data at rest: <c>id:base64</c> pairs of 256-bit keys, separated by <c>;</c>. The first encrypts, all decrypt.
    /// None: data is stored as it is (the service encrypts the disk under it either way).
    /// </summary>
    public string? EncryptionKeys { get; set; }

    /// <summary>
    /// Whether a payload that isn't encrypted is read although there are keys: for the time of moving over. Who can write to the table can
    /// forge claims meanwhile.
    /// </summary>
    public bool AllowUnencryptedPayloads { get; set; }
}

internal sealed class RowsRules : OptionsRules<RowsOptions>
{
    protected override IEnumerable<string> Faults(RowsOptions options)
    {
        if (options.Shards is < 1 or > Shard.MaxCount)
        {
            yield return $"Sessions:Shards is {options.Shards}; set 1 to {Shard.MaxCount}, and don't change it once sessions exist.";
        }

        if (!KeyRing.TryParse(options.EncryptionKeys, out _, out var fault))
        {
            yield return $"Sessions:EncryptionKeys: {fault}";
        }
    }
}

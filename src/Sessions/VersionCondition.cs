namespace Sessions;

/// <summary>Which versions a change may be applied to: any, or those the caller named.</summary>
public sealed class VersionCondition
{
    public static readonly VersionCondition None = new(null);

    private readonly IReadOnlyCollection<long>? _versions;

    private VersionCondition(IReadOnlyCollection<long>? versions) => _versions = versions;

    public static VersionCondition OneOf(IReadOnlyCollection<long> versions) => new(versions);

    public bool Holds(long version) => _versions is null || _versions.Contains(version);
}

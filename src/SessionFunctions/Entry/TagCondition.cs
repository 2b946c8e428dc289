using Sessions;

namespace SessionFunctions.Entry;

/// <summary>The tags that a change is meant for, before it is known which session it changes.</summary>
internal sealed class TagCondition
{
    public static readonly TagCondition None = new(null);

    private readonly IReadOnlyList<string>? _tags;

    private TagCondition(IReadOnlyList<string>? tags) => _tags = tags;

    public static TagCondition OneOf(IReadOnlyList<string> tags) => new(tags);

    /// <summary>The versions of this session among them. Tags of other sessions name none.</summary>
    public VersionCondition For(SessionId id) => _tags is null
        ? VersionCondition.None
        : VersionCondition.OneOf([.. _tags.Select(tag => VersionOf(tag, id)).OfType<long>()]);

    /// <summary>Tags are compared character by character, so "07" isn't version 7.</summary>
    private static long? VersionOf(string tag, SessionId id) =>
        long.TryParse(tag.AsSpan(tag.LastIndexOf('.') + 1).TrimEnd('"'), out var version) && tag == EntityTag.Of(id, version)
            ? version
            : null;
}

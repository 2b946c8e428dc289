namespace Sessions.Rows;

/// <summary>A stored payload can't be opened: a key is missing from the ring, or somebody changed the table.</summary>
internal sealed class UnreadablePayloadException : Exception
{
    public UnreadablePayloadException()
    {
    }

    public UnreadablePayloadException(string reason)
        : base($"A stored payload can't be read: {reason}.") => Reason = reason;

    public UnreadablePayloadException(string reason, Exception innerException)
        : base($"A stored payload can't be read: {reason}.", innerException) => Reason = reason;

    public string Reason { get; } = "";
}

namespace Sessions;

/// <summary>
/// The table was made with other settings than the app has now, so that the app would look for sessions in the wrong places. It doesn't serve
/// until they are put right.
/// </summary>
public sealed class TableMismatchException : Exception
{
    public TableMismatchException()
    {
    }

    public TableMismatchException(string message)
        : base(message)
    {
    }

    public TableMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

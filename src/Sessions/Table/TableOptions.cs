namespace Sessions.Table;

/// <summary>Which table sessions are kept in.</summary>
internal sealed class TableOptions
{
    public const string Section = "Sessions:Storage";

    /// <summary><c>tables</c>, or <c>memory</c> for a first look: what is in memory ends with the process.</summary>
    public TableProvider Provider { get; set; }
}

internal enum TableProvider
{
    /// <summary>Azure Table Storage, Azurite or Cosmos DB for Table.</summary>
    Tables,

    /// <summary>This process.</summary>
    Memory,
}

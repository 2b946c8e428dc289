namespace Sessions.Table;

/// <summary>Which table sessions are kept in.</summary>
internal sealed class TableOptions
{
    public const string Section = "Sessions:Storage";

    /// <summary>
    /// <c>tables</c>, or <c>memory</c> for a first look: what is in memory ends with the process. Null where the setting is neither.
    /// </summary>
    public TableProvider? Provider { get; internal set; } = TableProvider.Tables;
}

internal sealed class TableRules : OptionsRules<TableOptions>
{
    protected override IEnumerable<string> Faults(TableOptions options) =>
        options.Provider is null ? ["Sessions:Storage:Provider is neither of the two; set tables or memory."] : [];
}

internal enum TableProvider
{
    /// <summary>Azure Table Storage, Azurite or Cosmos DB for Table.</summary>
    Tables,

    /// <summary>This process.</summary>
    Memory,
}

using Sessions.Table;

namespace SessionFunctions.Testing.Contract;

/// <summary>A promise that is kept on every table: each project that has one runs all suites on it.</summary>
public abstract class ContractSuite(Func<ITable> newTable)
{
    /// <summary>A table that no other test sees.</summary>
    protected ITable NewTable() => newTable();

    protected SessionWorld NewWorld(Action<WorldSettings>? configure = null) => new(NewTable(), configure);
}

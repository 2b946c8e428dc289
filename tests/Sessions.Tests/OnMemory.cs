using SessionFunctions.Testing.Contract;
using Sessions.Table;

namespace Sessions.Tests;

/// <summary>The contract suites on the table in memory.</summary>
public static class OnMemory
{
    public sealed class Rows : TableContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class OneSession : SessionContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class DataAtOnce : DataContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class Sweeping : CleanupContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class SigningIn : SignInContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class Users : UserContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class Operators : OperatorContract
    {
        protected override ITable NewTable() => new MemoryTable();
    }

    public sealed class LostAnswers() : LostAnswerContract(new MemoryTable());

    public sealed class AgainstTheModel : ModelContract
    {
        protected override int Sequences => 10;

        protected override ITable NewTable() => new MemoryTable();
    }
}

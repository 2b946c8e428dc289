using SessionFunctions.Testing.Contract;
using Sessions.Table;

namespace Sessions.AzureTables.Tests;

/// <summary>The contract suites on Azurite, a table for each test.</summary>
public static class OnAzurite
{
    public sealed class Rows : TableContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class OneSession : SessionContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class DataAtOnce : DataContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class Sweeping : CleanupContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class SigningIn : SignInContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class Users : UserContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class Operators : OperatorContract
    {
        protected override ITable NewTable() => AzuriteTable.New();
    }

    public sealed class LostAnswers() : LostAnswerContract(AzuriteTable.New());

    public sealed class AgainstTheModel : ModelContract
    {
        protected override int Sequences => 1;

        protected override bool Shrinks => false; // a sequence that fails here most often fails in memory too, a hundred times as fast

        protected override ITable NewTable() => AzuriteTable.New();
    }
}

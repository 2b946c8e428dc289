using SessionFunctions.Testing.Contract;

namespace Sessions.AzureTables.Tests;

/// <summary>The contract suites on Azurite, a table for each test.</summary>
public static class OnAzurite
{
    public sealed class Table() : TableContract(FreshTable);
    public sealed class Create() : CreateContract(FreshTable);
    public sealed class Use() : UseContract(FreshTable);
    public sealed class Rotation() : RotationContract(FreshTable);
    public sealed class Data() : DataContract(FreshTable);
    public sealed class Rows() : RowsContract(FreshTable);
    public sealed class TableRow() : TableRowContract(FreshTable);
    public sealed class UserKeys() : UserKeysContract(FreshTable);
    public sealed class SignIn() : SignInContract(FreshTable);
    public sealed class SignInUnderFaults() : SignInUnderFaultsContract(FreshTable);
    public sealed class Users() : UsersContract(FreshTable);
    public sealed class Siblings() : SiblingsContract(FreshTable);
    public sealed class UserLimit() : UserLimitContract(FreshTable);
    public sealed class Operate() : OperateContract(FreshTable);
    public sealed class Deadlines() : DeadlinesContract(FreshTable);
    public sealed class EndEverything() : EndEverythingContract(FreshTable);
    public sealed class Cleanup() : CleanupContract(FreshTable);
    public sealed class LostAnswer() : LostAnswerContract(FreshTable);

    public sealed class Storm() : StormContract(FreshTable)
    {
        protected override int Rounds => 1;

        protected override int SideBySide => 1; // Azurite has enough to do with one
    }

    public sealed class Model() : ModelContract(FreshTable)
    {
        protected override int Sequences => 1;

        protected override bool Shrinks => false; // a sequence that fails here most often fails in memory too, a hundred times as fast
    }

    private static AzureTable FreshTable() => AzuriteTable.New();
}

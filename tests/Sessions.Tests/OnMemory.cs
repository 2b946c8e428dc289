using SessionFunctions.Testing.Contract;
using Sessions.Table;

namespace Sessions.Tests;

/// <summary>The contract suites on the table in memory.</summary>
public static class OnMemory
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
    public sealed class Storm() : StormContract(FreshTable);

    public sealed class Model() : ModelContract(FreshTable)
    {
        protected override int Sequences => 10;
    }

    private static MemoryTable FreshTable() => new();
}

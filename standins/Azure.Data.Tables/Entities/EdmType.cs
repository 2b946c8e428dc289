#nullable enable
namespace Azure.Data.Tables.Entities
{
    /// <summary>The types whose JSON form doesn't tell them apart; a property named `X@odata.type` does.</summary>
    internal static class EdmType
    {
        public const string Suffix = "@odata.type";
        public const string Binary = "Edm.Binary";
        public const string DateTime = "Edm.DateTime";
        public const string Double = "Edm.Double";
        public const string Guid = "Edm.Guid";
        public const string Int64 = "Edm.Int64";
    }
}

namespace Azure.Data.Tables.Models
{
    /// <summary>A service's error code, compared without regard to case.</summary>
    public readonly partial struct TableErrorCode : IEquatable<TableErrorCode>
    {
        private readonly string _value;

        public TableErrorCode(string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            _value = value;
        }

        public static implicit operator TableErrorCode(string value) => new(value);

        public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

        public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

        public static bool operator ==(TableErrorCode code, string value) => value != null && code.Equals(value);

        public static bool operator !=(TableErrorCode code, string value) => !(code == value);

        public static bool operator ==(string value, TableErrorCode code) => code == value;

        public static bool operator !=(string value, TableErrorCode code) => !(code == value);

        public bool Equals(TableErrorCode other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

        public override bool Equals(object obj) => obj is TableErrorCode other && Equals(other);

        public override int GetHashCode() => _value == null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

        public override string ToString() => _value;
    }
}

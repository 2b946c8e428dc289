using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables
{
    public class TableSharedKeyCredential
    {
        private byte[] _accountKey;

        public TableSharedKeyCredential(string accountName, string accountKey)
        {
            ArgumentNullException.ThrowIfNull(accountName);
            ArgumentNullException.ThrowIfNull(accountKey);
            AccountName = accountName;
            SetAccountKey(accountKey);
        }

        public string AccountName { get; }

        public void SetAccountKey(string accountKey) => Volatile.Write(ref _accountKey, Convert.FromBase64String(accountKey));

        internal string Sign(string text) =>
            Convert.ToBase64String(HMACSHA256.HashData(Volatile.Read(ref _accountKey), Encoding.UTF8.GetBytes(text)));
    }
}

using System.Collections;

namespace Azure.Data.Tables
{
    public sealed partial class TableEntity
    {
        public object this[string key]
        {
            get => Find(key);
            set => Set(key, value);
        }

        public ICollection<string> Keys => _properties.Keys;

        ICollection<object> IDictionary<string, object>.Values => _properties.Values;

        public int Count => _properties.Count;

        bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

        public void Add(string key, object value) => Set(key, value);

        void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Set(item.Key, item.Value);

        public bool ContainsKey(string key) => _properties.ContainsKey(key);

        bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) =>
            ((ICollection<KeyValuePair<string, object>>)_properties).Contains(item);

        public bool TryGetValue(string key, out object value) => _properties.TryGetValue(key, out value);

        public bool Remove(string key) => _properties.Remove(key);

        bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
            ((ICollection<KeyValuePair<string, object>>)_properties).Remove(item);

        public void Clear() => _properties.Clear();

        void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
            ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

        IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

        private void Set(string key, object value)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);

            // `entity["Total"] = 5` must not narrow a column that was read as a long or a double.
            _properties[key] = (value, _properties.GetValueOrDefault(key)) switch
            {
                (int number, long) => (long)number,
                (int number, double) => (double)number,
                _ => value,
            };
        }
    }
}

-- Northwind in SQLite.
--
-- Tables are STRICT, so that a value has the type its column says.
-- A column is NOT NULL exactly when no row of it is NULL.
-- Dates are text, YYYY-MM-DD: they compare, sort and feed date() as they are.
-- Names, places and codes compare without case, as they did on SQL Server.
-- Amounts are US dollars. What an order line earns is
--   UnitPrice * Quantity * (1 - Discount)
-- which has at most four decimals; the views round to those, to shed binary noise and nothing else.
-- Comments inside a statement are kept in the database, where a reader of sqlite_schema finds them.

CREATE TABLE Categories (
  CategoryID   INTEGER NOT NULL PRIMARY KEY,
  CategoryName TEXT NOT NULL COLLATE NOCASE,
  Description  TEXT NOT NULL
) STRICT;

CREATE TABLE Suppliers (
  SupplierID   INTEGER NOT NULL PRIMARY KEY,
  CompanyName  TEXT NOT NULL COLLATE NOCASE,
  ContactName  TEXT NOT NULL COLLATE NOCASE,
  ContactTitle TEXT NOT NULL COLLATE NOCASE,
  Address      TEXT NOT NULL,
  City         TEXT NOT NULL COLLATE NOCASE,
  Region       TEXT COLLATE NOCASE, -- state or province, where one is usual
  PostalCode   TEXT NOT NULL,
  Country      TEXT NOT NULL COLLATE NOCASE,
  Phone        TEXT NOT NULL,
  Fax          TEXT,
  HomePage     TEXT -- label#address#
) STRICT;

CREATE TABLE Products (
  ProductID       INTEGER NOT NULL PRIMARY KEY,
  ProductName     TEXT NOT NULL COLLATE NOCASE,
  SupplierID      INTEGER NOT NULL REFERENCES Suppliers (SupplierID),
  CategoryID      INTEGER NOT NULL REFERENCES Categories (CategoryID),
  QuantityPerUnit TEXT NOT NULL,
  UnitPrice       REAL NOT NULL DEFAULT 0 CHECK (UnitPrice >= 0), -- today's list price; for sales use the price in "Order Details"
  UnitsInStock    INTEGER NOT NULL DEFAULT 0 CHECK (UnitsInStock >= 0),
  UnitsOnOrder    INTEGER NOT NULL DEFAULT 0 CHECK (UnitsOnOrder >= 0),
  ReorderLevel    INTEGER NOT NULL DEFAULT 0 CHECK (ReorderLevel >= 0),
  Discontinued    INTEGER NOT NULL DEFAULT 0 CHECK (Discontinued IN (0, 1)) -- 1 = no longer sold
) STRICT;

CREATE TABLE Customers (
  CustomerID   TEXT NOT NULL COLLATE NOCASE PRIMARY KEY CHECK (length(CustomerID) = 5),
  CompanyName  TEXT NOT NULL COLLATE NOCASE,
  ContactName  TEXT NOT NULL COLLATE NOCASE,
  ContactTitle TEXT NOT NULL COLLATE NOCASE,
  Address      TEXT NOT NULL,
  City         TEXT NOT NULL COLLATE NOCASE,
  Region       TEXT COLLATE NOCASE, -- state or province, where one is usual
  PostalCode   TEXT,
  Country      TEXT NOT NULL COLLATE NOCASE,
  Phone        TEXT NOT NULL,
  Fax          TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE Shippers (
  ShipperID   INTEGER NOT NULL PRIMARY KEY,
  CompanyName TEXT NOT NULL COLLATE NOCASE,
  Phone       TEXT NOT NULL
) STRICT;

CREATE TABLE Employees (
  EmployeeID      INTEGER NOT NULL PRIMARY KEY,
  LastName        TEXT NOT NULL COLLATE NOCASE,
  FirstName       TEXT NOT NULL COLLATE NOCASE,
  Title           TEXT NOT NULL COLLATE NOCASE,
  TitleOfCourtesy TEXT NOT NULL COLLATE NOCASE,
  BirthDate       TEXT NOT NULL CHECK (BirthDate = date(BirthDate)),
  HireDate        TEXT NOT NULL CHECK (HireDate = date(HireDate)),
  Address         TEXT NOT NULL,
  City            TEXT NOT NULL COLLATE NOCASE,
  Region          TEXT COLLATE NOCASE,
  PostalCode      TEXT NOT NULL,
  Country         TEXT NOT NULL COLLATE NOCASE,
  HomePhone       TEXT NOT NULL,
  Extension       TEXT NOT NULL,
  Notes           TEXT NOT NULL,
  ReportsTo       INTEGER REFERENCES Employees (EmployeeID), -- the manager; NULL at the top
  PhotoPath       TEXT NOT NULL
) STRICT;

CREATE TABLE Region (
  RegionID          INTEGER NOT NULL PRIMARY KEY,
  RegionDescription TEXT NOT NULL COLLATE NOCASE
) STRICT;

CREATE TABLE Territories (
  TerritoryID          TEXT NOT NULL PRIMARY KEY, -- a US postal code
  TerritoryDescription TEXT NOT NULL COLLATE NOCASE,
  RegionID             INTEGER NOT NULL REFERENCES Region (RegionID)
) STRICT, WITHOUT ROWID;

CREATE TABLE EmployeeTerritories (
  EmployeeID  INTEGER NOT NULL REFERENCES Employees (EmployeeID),
  TerritoryID TEXT NOT NULL REFERENCES Territories (TerritoryID),
  PRIMARY KEY (EmployeeID, TerritoryID)
) STRICT, WITHOUT ROWID;

CREATE TABLE Orders (
  OrderID        INTEGER NOT NULL PRIMARY KEY,
  CustomerID     TEXT NOT NULL COLLATE NOCASE REFERENCES Customers (CustomerID),
  EmployeeID     INTEGER NOT NULL REFERENCES Employees (EmployeeID),
  OrderDate      TEXT NOT NULL CHECK (OrderDate = date(OrderDate)),
  RequiredDate   TEXT NOT NULL CHECK (RequiredDate = date(RequiredDate)),
  ShippedDate    TEXT CHECK (ShippedDate = date(ShippedDate)), -- NULL = not shipped yet
  ShipVia        INTEGER NOT NULL REFERENCES Shippers (ShipperID),
  Freight        REAL NOT NULL DEFAULT 0 CHECK (Freight >= 0), -- shipping cost of the whole order
  ShipName       TEXT NOT NULL COLLATE NOCASE,
  ShipAddress    TEXT NOT NULL,
  ShipCity       TEXT NOT NULL COLLATE NOCASE,
  ShipRegion     TEXT COLLATE NOCASE,
  ShipPostalCode TEXT,
  ShipCountry    TEXT NOT NULL COLLATE NOCASE
) STRICT;

CREATE TABLE "Order Details" (
  OrderID   INTEGER NOT NULL REFERENCES Orders (OrderID),
  ProductID INTEGER NOT NULL REFERENCES Products (ProductID),
  UnitPrice REAL NOT NULL DEFAULT 0 CHECK (UnitPrice >= 0), -- the price charged, before discount
  Quantity  INTEGER NOT NULL DEFAULT 1 CHECK (Quantity > 0),
  Discount  REAL NOT NULL DEFAULT 0 CHECK (Discount BETWEEN 0 AND 1), -- a fraction: 0.15 is 15 %
  PRIMARY KEY (OrderID, ProductID)
) STRICT, WITHOUT ROWID;

CREATE INDEX CategoryName ON Categories (CategoryName);
CREATE INDEX SuppliersCompanyName ON Suppliers (CompanyName);
CREATE INDEX ProductName ON Products (ProductName);
CREATE INDEX SuppliersProducts ON Products (SupplierID);
CREATE INDEX CategoriesProducts ON Products (CategoryID);
CREATE INDEX CustomersCompanyName ON Customers (CompanyName);
CREATE INDEX CustomersCity ON Customers (City);
CREATE INDEX CustomersRegion ON Customers (Region);
CREATE INDEX LastName ON Employees (LastName);
CREATE INDEX CustomersOrders ON Orders (CustomerID);
CREATE INDEX EmployeesOrders ON Orders (EmployeeID);
CREATE INDEX ShippersOrders ON Orders (ShipVia);
CREATE INDEX OrderDate ON Orders (OrderDate);
CREATE INDEX ShippedDate ON Orders (ShippedDate);
CREATE INDEX ProductsOrderDetails ON "Order Details" (ProductID);

CREATE VIEW "Alphabetical list of products" AS
SELECT p.*, c.CategoryName
FROM Products p
JOIN Categories c USING (CategoryID)
WHERE p.Discontinued = 0
ORDER BY p.ProductName;

CREATE VIEW "Current Product List" AS
SELECT ProductID, ProductName
FROM Products
WHERE Discontinued = 0
ORDER BY ProductName;

CREATE VIEW "Products Above Average Price" AS
SELECT ProductName, UnitPrice
FROM Products
WHERE UnitPrice > (SELECT avg(UnitPrice) FROM Products)
ORDER BY UnitPrice DESC;

CREATE VIEW "Products by Category" AS
SELECT c.CategoryName, p.ProductName, p.QuantityPerUnit, p.UnitsInStock, p.Discontinued
FROM Products p
JOIN Categories c USING (CategoryID)
WHERE p.Discontinued = 0
ORDER BY c.CategoryName, p.ProductName;

CREATE VIEW "Customer and Suppliers by City" AS
SELECT City, CompanyName, ContactName, 'Customers' AS Relationship FROM Customers
UNION ALL
SELECT City, CompanyName, ContactName, 'Suppliers' FROM Suppliers
ORDER BY City, CompanyName;

CREATE VIEW "Orders Qry" AS
SELECT
  o.OrderID, o.CustomerID, o.EmployeeID, o.OrderDate, o.RequiredDate, o.ShippedDate, o.ShipVia, o.Freight,
  o.ShipName, o.ShipAddress, o.ShipCity, o.ShipRegion, o.ShipPostalCode, o.ShipCountry,
  c.CompanyName, c.Address, c.City, c.Region, c.PostalCode, c.Country
FROM Orders o
JOIN Customers c USING (CustomerID);

CREATE VIEW "Quarterly Orders" AS -- customers who ordered in 1997
SELECT DISTINCT c.CustomerID, c.CompanyName, c.City, c.Country
FROM Orders o
JOIN Customers c USING (CustomerID)
WHERE o.OrderDate BETWEEN '1997-01-01' AND '1997-12-31';

CREATE VIEW "Order Details Extended" AS
SELECT
  d.OrderID, d.ProductID, p.ProductName, d.UnitPrice, d.Quantity, d.Discount,
  round(d.UnitPrice * d.Quantity * (1 - d.Discount), 4) AS ExtendedPrice
FROM "Order Details" d
JOIN Products p USING (ProductID);

CREATE VIEW "Order Subtotals" AS
SELECT OrderID, round(sum(UnitPrice * Quantity * (1 - Discount)), 4) AS Subtotal -- without Freight
FROM "Order Details"
GROUP BY OrderID;

CREATE VIEW Invoices AS
SELECT
  o.ShipName, o.ShipAddress, o.ShipCity, o.ShipRegion, o.ShipPostalCode, o.ShipCountry,
  o.CustomerID, c.CompanyName AS CustomerName, c.Address, c.City, c.Region, c.PostalCode, c.Country,
  e.FirstName || ' ' || e.LastName AS Salesperson,
  o.OrderID, o.OrderDate, o.RequiredDate, o.ShippedDate, s.CompanyName AS ShipperName,
  d.ProductID, p.ProductName, d.UnitPrice, d.Quantity, d.Discount,
  round(d.UnitPrice * d.Quantity * (1 - d.Discount), 4) AS ExtendedPrice,
  o.Freight -- of the whole order, repeated on each of its lines
FROM Orders o
JOIN Customers c USING (CustomerID)
JOIN Employees e USING (EmployeeID)
JOIN Shippers s ON s.ShipperID = o.ShipVia
JOIN "Order Details" d USING (OrderID)
JOIN Products p USING (ProductID);

CREATE VIEW "Product Sales for 1997" AS
SELECT c.CategoryName, p.ProductName, round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 4) AS ProductSales
FROM Orders o
JOIN "Order Details" d USING (OrderID)
JOIN Products p USING (ProductID)
JOIN Categories c USING (CategoryID)
WHERE o.ShippedDate BETWEEN '1997-01-01' AND '1997-12-31' -- by date shipped
GROUP BY c.CategoryName, p.ProductName;

CREATE VIEW "Category Sales for 1997" AS
SELECT CategoryName, round(sum(ProductSales), 4) AS CategorySales -- by date shipped
FROM "Product Sales for 1997"
GROUP BY CategoryName;

CREATE VIEW "Sales by Category" AS
SELECT
  c.CategoryID, c.CategoryName, p.ProductName,
  round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 4) AS ProductSales
FROM Orders o
JOIN "Order Details" d USING (OrderID)
JOIN Products p USING (ProductID)
JOIN Categories c USING (CategoryID)
WHERE o.OrderDate BETWEEN '1997-01-01' AND '1997-12-31' -- only 1997, by date ordered
GROUP BY c.CategoryID, c.CategoryName, p.ProductName
ORDER BY p.ProductName;

CREATE VIEW "Sales Totals by Amount" AS
SELECT t.Subtotal AS SaleAmount, o.OrderID, c.CompanyName, o.ShippedDate
FROM Orders o
JOIN Customers c USING (CustomerID)
JOIN "Order Subtotals" t USING (OrderID)
WHERE t.Subtotal > 2500 -- only large orders
  AND o.ShippedDate BETWEEN '1997-01-01' AND '1997-12-31';

CREATE VIEW "Summary of Sales by Quarter" AS
SELECT o.ShippedDate, o.OrderID, t.Subtotal
FROM Orders o
JOIN "Order Subtotals" t USING (OrderID)
WHERE o.ShippedDate IS NOT NULL
ORDER BY o.ShippedDate;

CREATE VIEW "Summary of Sales by Year" AS
SELECT o.ShippedDate, o.OrderID, t.Subtotal
FROM Orders o
JOIN "Order Subtotals" t USING (OrderID)
WHERE o.ShippedDate IS NOT NULL
ORDER BY o.ShippedDate;

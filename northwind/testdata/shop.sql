CREATE TABLE Categories (
  CategoryID INTEGER PRIMARY KEY,
  CategoryName TEXT NOT NULL,
  Picture BLOB
);
CREATE TABLE Customers (
  CustomerID TEXT PRIMARY KEY,
  CompanyName TEXT NOT NULL,
  Country TEXT
);
CREATE INDEX CustomersByCountry ON Customers (Country, CompanyName);
CREATE TABLE Products (
  ProductID INTEGER PRIMARY KEY,
  ProductName TEXT NOT NULL,
  CategoryID INTEGER REFERENCES Categories,
  UnitPrice NUMERIC NOT NULL DEFAULT 0
);
CREATE TABLE Orders (
  OrderID INTEGER PRIMARY KEY,
  CustomerID TEXT REFERENCES Customers (CustomerID),
  OrderDate DATETIME,
  "Group" TEXT
);
CREATE TABLE "Order Details" (
  OrderID INTEGER NOT NULL REFERENCES Orders (OrderID),
  ProductID INTEGER NOT NULL REFERENCES Products (ProductID),
  UnitPrice NUMERIC NOT NULL,
  Quantity INTEGER NOT NULL,
  Discount REAL NOT NULL DEFAULT 0,
  PRIMARY KEY (OrderID, ProductID)
);
CREATE VIEW "Order Totals" AS
  SELECT OrderID, sum(UnitPrice * Quantity * (1 - Discount)) AS Total FROM "Order Details" GROUP BY OrderID;

INSERT INTO Categories VALUES (1, 'Beverages', x'0102030405'), (2, 'Condiments', NULL);
INSERT INTO Customers VALUES ('BLUME', 'Blumen & Söhne', 'Germany'), ('CAFEX', 'Café "X" | Bar', 'France'), ('NOONE', 'Nobody', NULL);
INSERT INTO Products VALUES (1, 'Green Tea', 1, 18), (2, 'Black Tea', 1, 19.5), (3, 'Mustard', 2, 10);
INSERT INTO Orders VALUES
  (1, 'BLUME', '1996-07-04', 'a'), (2, 'CAFEX', '1996-07-05 00:00:00', 'b'), (3, 'BLUME', '1997-01-31', NULL);
INSERT INTO "Order Details" VALUES (1, 1, 18, 2, 0), (1, 3, 10, 1, 0.5), (2, 2, 19.5, 10, 0.25), (3, 1, 18, 1, 0);
